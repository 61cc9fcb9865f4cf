// message-db, through its own SQL functions as its documentation shows them, from node-postgres
// with prepared statements.
'use strict';
const crypto = require('crypto');
const lib = require('./lib.js');

const STREAMS_EACH = 20000;
const EVENTS_IN_STREAM = 20;

async function connections(count) {
  return Promise.all(Array.from({length: count}, async () => {
    const client = await lib.connect();
    await client.query('SET search_path TO message_store, public');
    return client;
  }));
}

/** One event a call, at the exact version that the writer expects. */
async function append() {
  const {connections: workers, categories, seconds} = lib.options;
  const clients = await connections(workers);
  const before = await lib.countRows(clients[0], 'SELECT count(*) FROM messages');
  const answer = await lib.closedLoop({workers, seconds, act: async (worker, turn) => {
    const stream = `case${worker % categories}-${worker}x${(turn * 7919) % STREAMS_EACH}`;
    await clients[worker].query({
      name: 'write',
      text: 'SELECT write_message($1, $2, $3, $4, NULL, $5)',
      values: [crypto.randomUUID(), stream, lib.EVENT_TYPE, lib.eventText,
               Math.floor(turn / STREAMS_EACH) - 1],
    });
  }});
  const stored = await lib.countRows(clients[0], 'SELECT count(*) FROM messages') - before;
  lib.check(stored === answer.count, `${answer.count} acknowledged, ${stored} stored`);
  return answer;
}

/** Streams of 20 events in one category, written by its own function once a run. */
async function fill() {
  const [client] = await connections(1);
  await client.query(
      `INSERT INTO messages (position, stream_name, type, data)
       SELECT n / $1::int, 'case-' || (n % $1::int), $2, $3::jsonb
       FROM generate_series(0, $1::int * ${EVENTS_IN_STREAM} - 1) n`,
      [lib.options.streams, lib.EVENT_TYPE, lib.eventText]);
  await client.query('VACUUM ANALYZE messages');
  return {count: await lib.countRows(client, 'SELECT count(*) FROM messages')};
}

async function readStreams() {
  const {connections: workers, seconds, streams} = lib.options;
  const clients = await connections(workers);
  return lib.closedLoop({workers, seconds, act: async (worker, turn) => {
    const got = await clients[worker].query({
      name: 'stream',
      text: 'SELECT * FROM get_stream_messages($1)',
      values: [`case-${(turn * 7919 + worker) % streams}`],
    });
    lib.check(got.rows.length === EVENTS_IN_STREAM, `a stream of ${got.rows.length} events`);
  }});
}

/** The whole category in order, a batch a call. */
async function readCategory() {
  const [client] = await connections(1);
  const expected = await lib.countRows(client, 'SELECT count(*) FROM messages');
  const start = process.hrtime.bigint();
  let next = 1;
  let count = 0;
  for (;;) {
    const page = await client.query({
      name: 'category',
      text: 'SELECT * FROM get_category_messages($1, $2, $3)',
      values: ['case', next, lib.options.batch],
    });
    if (page.rows.length === 0) break;
    count += page.rows.length;
    next = Number(page.rows[page.rows.length - 1].global_position) + 1;
  }
  const rate = count / (lib.micros(start) / 1e6);
  lib.check(count === expected, `${expected} stored, ${count} read`);
  return {count, rate};
}

lib.run({append, fill, read_streams: readStreams, read_category: readCategory});
