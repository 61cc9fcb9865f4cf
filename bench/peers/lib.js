// What every peer's driver shares: its options, the event, closed loops and the answer.
//
// A driver is started with one JSON argument and prints one JSON line. It checks by itself that
// what its peer acknowledged is stored, and fails otherwise.
'use strict';
const fs = require('fs');
const path = require('path');

const options = JSON.parse(process.argv[2] || '{}');
const eventText = fs.readFileSync(path.join(__dirname, '..', 'event.json'), 'utf8').trim();
const event = JSON.parse(eventText);
const EVENT_TYPE = 'ComplaintAccepted';

function percentile(values, share) {
  if (values.length === 0) throw new Error('no samples');
  const sorted = Float64Array.from(values).sort();
  return sorted[Math.floor(share * (sorted.length - 1))];
}

function micros(since) {
  return Number(process.hrtime.bigint() - since) / 1e3;
}

/** `workers` clients, each sends its next request when the last was answered. */
async function closedLoop({workers, seconds, act, each = 1}) {
  const latencies = [];
  const start = process.hrtime.bigint();
  const client = async (worker) => {
    for (let turn = 0; micros(start) < seconds * 1e6; ++turn) {
      const sent = process.hrtime.bigint();
      await act(worker, turn);
      latencies.push(micros(sent));
    }
  };
  await Promise.all(Array.from({length: workers}, (_, worker) => client(worker)));
  const took = micros(start) / 1e6;
  return {
    count: latencies.length * each,
    rate: (latencies.length * each) / took,
    p50_us: percentile(latencies, 0.5),
    p99_us: percentile(latencies, 0.99),
  };
}

/** Due to done, in milliseconds. */
function lateness(samples) {
  return {
    count: samples.length,
    p50_ms: percentile(samples, 0.5),
    p99_ms: percentile(samples, 0.99),
  };
}

function check(holds, message) {
  if (!holds) throw new Error(message);
}

async function connect(database = options.database) {
  const {Client} = require('pg');
  const client = new Client(database);
  await client.connect();
  return client;
}

async function countRows(client, query, values = []) {
  return Number((await client.query(query, values)).rows[0].count);
}

const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** Polls until `holds` is true; fails after `seconds`. */
async function until(holds, seconds, what) {
  const start = process.hrtime.bigint();
  while (!(await holds())) {
    check(micros(start) < seconds * 1e6, `${what}: not within ${seconds} s`);
    await sleep(5);
  }
}

/** Runs the driver's work named in the options and prints its answer. */
function run(works) {
  const work = works[options.work];
  check(work, `unknown work ${options.work}`);
  work().then(
      (answer) => {
        process.stdout.write(JSON.stringify(answer) + '\n', () => process.exit(0));
      },
      (error) => {
        console.error(error);
        process.exit(1);
      });
}

module.exports = {
  options, event, eventText, EVENT_TYPE, check, closedLoop, connect, countRows, lateness, micros,
  percentile, run, sleep, until,
};
