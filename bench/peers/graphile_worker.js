// graphile-worker: jobs with runAt. Its documentation's advice for throughput is followed: a local
// queue, completions in batches, and a pool of concurrency + 2 connections.
'use strict';
const {run: startRunner, makeWorkerUtils, Logger} = require('graphile-worker');
const lib = require('./lib.js');

const TASK = 'deadline';
const INSERT_BATCH = 1000;
const JOB = {caseId: 'TS-2025-004217', kind: 'deadline', rule: '受理期限7个工作日'};
const logger = new Logger(() => () => {});
const COUNT = 'SELECT count(*) FROM graphile_worker._private_jobs';

async function utils() {
  const tools = await makeWorkerUtils({connectionString: lib.options.database, logger});
  await tools.migrate();
  return tools;
}

async function insert(tools, count, runAt) {
  for (let done = 0; done < count; done += INSERT_BATCH) {
    const size = Math.min(INSERT_BATCH, count - done);
    await tools.addJobs(Array.from({length: size},
                                   () => ({identifier: TASK, payload: JOB, runAt: runAt()})));
  }
}

const inSomeDays = () => new Date(Date.now() + 3600e3 + Math.random() * 7 * 86400e3);

async function fill() {
  await insert(await utils(), lib.options.future, inSomeDays);
  const client = await lib.connect();
  await client.query('VACUUM ANALYZE');
  return {count: await lib.countRows(client, COUNT)};
}

function start(taskList) {
  const {concurrency, local_queue: localQueue, complete_delay_ms: delay, poll_ms: poll} =
      lib.options;
  const worker = {
    connectionString: lib.options.database,
    maxPoolSize: Math.max(10, concurrency + 2),
    concurrentJobs: concurrency,
    pollInterval: poll,
  };
  if (localQueue > 0) worker.localQueue = {size: localQueue};
  if (delay >= 0) worker.completeJobBatchDelay = delay;
  return startRunner({preset: {worker}, noHandleSignals: true, logger, taskList});
}

async function fire() {
  const {due} = lib.options;
  const tools = await utils();
  const client = await lib.connect();
  const before = await lib.countRows(client, COUNT);
  await insert(tools, due, () => new Date(Date.now() - 1000));
  await client.query('VACUUM ANALYZE');
  let count = 0;
  const begun = process.hrtime.bigint();
  let last = 0;
  const runner = await start({[TASK]: async () => {
    ++count;
    last = lib.micros(begun);
  }});
  await lib.until(() => count >= due, 60, 'due jobs');
  await runner.stop();
  const left = await lib.countRows(client, COUNT) - before;
  lib.check(count === due && left === 0, `${due} due, ${count} fired, ${left} left`);
  return {count, rate: count / (last / 1e6)};
}

async function late() {
  const {timers, every_ms: everyMs} = lib.options;
  const tools = await utils();
  const samples = [];
  const base = Date.now() + 1500;
  const specs = Array.from({length: timers}, (_, i) => ({
    identifier: 'late',
    payload: {due: base + i * everyMs},
    runAt: new Date(base + i * everyMs),
  }));
  await tools.addJobs(specs);
  const runner = await start({late: async (job) => {
    samples.push(Date.now() - job.due);
  }});
  await lib.until(() => samples.length === timers, 30, 'timers');
  await runner.stop();
  return lib.lateness(samples);
}

lib.run({fill, fire, late});
