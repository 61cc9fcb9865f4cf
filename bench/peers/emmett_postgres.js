// Emmett on PostgreSQL: its event store on a node-postgres pool as large as the number of clients,
// and its consumer with one reactor.
'use strict';
const pg = require('pg');
const {getPostgreSQLEventStore} = require('@event-driven-io/emmett-postgresql');
const lib = require('./lib.js');

const STREAMS_EACH = 20000;
const EVENTS_IN_STREAM = 20;
const COUNT = 'SELECT count(*) FROM emt_messages';

function openStore(connections) {
  const pool = new pg.Pool({connectionString: lib.options.database, max: connections});
  return getPostgreSQLEventStore(lib.options.database, {connectionOptions: {pooled: true, pool}});
}

const message = () => ({type: lib.EVENT_TYPE, data: lib.event});

async function append() {
  const {connections: workers, seconds} = lib.options;
  const store = openStore(workers);
  await store.schema.migrate();
  const client = await lib.connect();
  const before = await lib.countRows(client, COUNT);
  const answer = await lib.closedLoop({workers, seconds, act: async (worker, turn) => {
    const version = Math.floor(turn / STREAMS_EACH);
    await store.appendToStream(
        `case-${worker}-${(turn * 7919) % STREAMS_EACH}`, [message()],
        {expectedStreamVersion: version === 0 ? 'STREAM_DOES_NOT_EXIST' : BigInt(version)});
  }});
  const stored = await lib.countRows(client, COUNT) - before;
  lib.check(stored === answer.count, `${answer.count} acknowledged, ${stored} stored`);
  return answer;
}

/** One writer only: with several its processor loses events, and its rate would mean nothing. */
async function fill() {
  const store = openStore(1);
  await store.schema.migrate();
  for (let stream = 0; stream < lib.options.streams; ++stream) {
    await store.appendToStream(
        `case-${stream}`, Array.from({length: EVENTS_IN_STREAM}, message),
        {expectedStreamVersion: 'STREAM_DOES_NOT_EXIST'});
  }
  const client = await lib.connect();
  await client.query('VACUUM ANALYZE');
  return {count: await lib.countRows(client, COUNT)};
}

async function readStreams() {
  const {connections: workers, seconds, streams} = lib.options;
  const store = openStore(workers);
  return lib.closedLoop({workers, seconds, act: async (worker, turn) => {
    const got = await store.readStream(`case-${(turn * 7919 + worker) % streams}`);
    lib.check(got.events.length === EVENTS_IN_STREAM, `a stream of ${got.events.length} events`);
  }});
}

/** The processor reads all and keeps its checkpoint; its handler does nothing, in its favour. */
async function rebuild() {
  const store = openStore(4);
  const expected = await lib.countRows(await lib.connect(), COUNT);
  let count = 0;
  let last = 0;
  const consumer = store.consumer({
    pulling: {batchSize: lib.options.batch, pullingFrequencyInMs: 1},
    stopWhen: {noMessagesLeft: true},
  });
  consumer.reactor({
    processorId: `rebuild-${process.pid}-${Date.now()}`,
    eachMessage: async () => {
      ++count;
      if (count === expected) last = lib.micros(start);
    },
  });
  const start = process.hrtime.bigint();
  await consumer.start();
  lib.check(count === expected, `${expected} stored, ${count} handled`);
  return {count, rate: count / (last / 1e6)};
}

lib.run({append, fill, read_streams: readStreams, rebuild});
