// pg-boss: jobs with startAfter; due ones are fetched and completed in batches by parallel loops.
'use strict';
const {PgBoss} = require('pg-boss');
const lib = require('./lib.js');

const QUEUE = 'deadlines';
const INSERT_BATCH = 1000;
const JOB = {caseId: 'TS-2025-004217', kind: 'deadline', rule: '受理期限7个工作日'};

async function start(connections) {
  const boss = new PgBoss({connectionString: lib.options.database, max: connections});
  boss.on('error', (error) => console.error(error));
  await boss.start();
  await boss.createQueue(QUEUE);
  return boss;
}

async function insert(boss, count, startAfter) {
  for (let done = 0; done < count; done += INSERT_BATCH) {
    const size = Math.min(INSERT_BATCH, count - done);
    await boss.insert(QUEUE, Array.from({length: size}, () => ({data: JOB, ...startAfter()})));
  }
}

const inSomeDays = () =>
  ({startAfter: new Date(Date.now() + 3600e3 + Math.random() * 7 * 86400e3)});

async function fill() {
  const boss = await start(4);
  await insert(boss, lib.options.future, inSomeDays);
  const client = await lib.connect();
  await client.query('VACUUM ANALYZE');
  return {count: await lib.countRows(client, 'SELECT count(*) FROM pgboss.job')};
}

async function fire() {
  const {loops, batch, due} = lib.options;
  const boss = await start(loops + 2);
  const client = await lib.connect();
  const completed = `SELECT count(*) FROM pgboss.job WHERE name = $1 AND state = 'completed'`;
  const before = await lib.countRows(client, completed, [QUEUE]);
  await insert(boss, due, () => ({}));
  await client.query('VACUUM ANALYZE');
  let count = 0;
  const begun = process.hrtime.bigint();
  await Promise.all(Array.from({length: loops}, async () => {
    for (;;) {
      const jobs = await boss.fetch(QUEUE, {batchSize: batch});
      if (!jobs || jobs.length === 0) return;
      await boss.complete(QUEUE, jobs.map((job) => job.id));
      count += jobs.length;
    }
  }));
  const rate = count / (lib.micros(begun) / 1e6);
  const stored = await lib.countRows(client, completed, [QUEUE]) - before;
  lib.check(count === due && stored === due, `${due} due, ${count} fired, ${stored} completed`);
  return {count, rate};
}

/** Timers spread evenly; its worker polls at the shortest interval that it allows. */
async function late() {
  const {timers, every_ms: everyMs, poll_ms: pollMs} = lib.options;
  const boss = await start(8);
  const queue = `late-${process.pid}`;
  await boss.createQueue(queue);
  const base = Date.now() + 1500;
  for (let i = 0; i < timers; ++i) {
    const due = base + i * everyMs;
    await boss.send(queue, {due}, {startAfter: new Date(due)});
  }
  const samples = [];
  await boss.work(queue, {pollingIntervalSeconds: pollMs / 1000, batchSize: 100}, async (jobs) => {
    for (const job of jobs) samples.push(Date.now() - job.data.due);
  });
  await lib.until(() => samples.length === timers, 30, 'timers');
  return lib.lateness(samples);
}

lib.run({fill, fire, late});
