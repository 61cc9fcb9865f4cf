// DBOS: one-step workflows that are enqueued with a delay. Its queue is polled at the interval
// given; the pool has 32 connections.
'use strict';
const {DBOS} = require('@dbos-inc/dbos-sdk');
const lib = require('./lib.js');

const QUEUE = 'deadlines';
const POOL = 32;
const ENQUEUE_AT_ONCE = 32;
const COUNT = 'SELECT count(*) FROM dbos.workflow_status WHERE status = $1';

let onFired = () => {};

async function launch() {
  DBOS.setConfig({
    name: 'bench',
    systemDatabaseUrl: lib.options.database,
    systemDatabasePoolSize: POOL,
    logLevel: 'error',
  });
  const step = DBOS.registerStep(async (job) => ({...job, fired: true}), {name: 'record'});
  const workflow = DBOS.registerWorkflow(async (job) => {
    await step(job);
    onFired(job);
  }, {name: 'deadline'});
  await DBOS.launch();
  return workflow;
}

async function enqueue(workflow, count, job, delaySeconds) {
  let next = 0;
  await Promise.all(Array.from({length: ENQUEUE_AT_ONCE}, async () => {
    while (next < count) {
      const i = next++;
      await DBOS.startWorkflow(
          workflow, {queueName: QUEUE, enqueueOptions: {delaySeconds: delaySeconds(i)}})(job(i));
    }
  }));
}

/** One future workflow by its own call, copied: by its calls alone 100k would take minutes. */
async function fill() {
  const workflow = await launch();
  const client = await lib.connect();
  await DBOS.registerQueue(QUEUE, {minPollingIntervalMs: lib.options.poll_ms});
  await enqueue(workflow, 1, () => lib.event, () => 30 * 86400);
  const columns = (await client.query(
      `SELECT string_agg(quote_ident(column_name), ', ') AS list
       FROM information_schema.columns
       WHERE table_schema = 'dbos' AND table_name = 'workflow_status'
         AND column_name <> 'workflow_uuid' AND is_generated = 'NEVER'
         AND is_identity = 'NO'`)).rows[0].list;
  await client.query(
      `INSERT INTO dbos.workflow_status (workflow_uuid, ${columns})
       SELECT gen_random_uuid()::text, ${columns}
       FROM (SELECT * FROM dbos.workflow_status WHERE status = 'DELAYED' LIMIT 1) one,
         generate_series(2, $1::int)`, [lib.options.future]);
  await client.query('VACUUM ANALYZE');
  return {count: await lib.countRows(client, COUNT, ['DELAYED'])};
}

/** Due workflows are waiting when the queue's loop first looks. */
async function fire() {
  const {due} = lib.options;
  const workflow = await launch();
  const client = await lib.connect();
  let count = 0;
  let first = 0;
  let last = 0;
  const begun = process.hrtime.bigint();
  onFired = () => {
    last = lib.micros(begun);
    if (count === 0) first = last;
    ++count;
  };
  const before = await lib.countRows(client, COUNT, ['SUCCESS']);
  const dueAt = Date.now() + Math.max(3000, due * 2);
  await enqueue(workflow, due, () => lib.event, () => Math.max(0.001, (dueAt - Date.now()) / 1000));
  await lib.until(() => count >= due, 120, 'due workflows');
  const stored = async () => await lib.countRows(client, COUNT, ['SUCCESS']) - before;
  await lib.until(async () => await stored() >= due, 10, 'stored outcomes');
  lib.check(count === due && await stored() === due, `${due} due, ${count} fired`);
  return {count, rate: count / ((last - first) / 1e6)};
}

async function late() {
  const {timers, every_ms: everyMs, poll_ms: pollMs} = lib.options;
  const workflow = await launch();
  await DBOS.registerQueue(QUEUE, {minPollingIntervalMs: pollMs});
  const samples = [];
  onFired = (job) => samples.push(Date.now() - job.due);
  const base = Date.now() + 3000;
  const dueOf = (i) => base + i * everyMs;
  await enqueue(workflow, timers, (i) => ({due: dueOf(i)}),
                (i) => Math.max(0.001, (dueOf(i) - Date.now()) / 1000));
  await lib.until(() => samples.length === timers, 60, 'timers');
  return lib.lateness(samples);
}

lib.run({fill, fire, late});
