#!/usr/bin/env node
// A reference consumer of Docket's feed, by server-sent events. No package beside Node itself.
//
// Copies what its account may see into a file, one JSON line for each event or omitted run, and
// keeps a checkpoint beside it, which also says how long the output was: on start, whatever was
// written behind it is cut off, so that every position is there exactly once.
//
//   feed_consumer.mjs --server http://127.0.0.1:8080 --token-file TOKEN --out events.jsonl
import fs from 'node:fs';
import http from 'node:http';
import { parseArgs } from 'node:util';

const SILENCE_MS = 60_000; // The server says something every 15 seconds.

const { values: options } = parseArgs({
  options: {
    server: { type: 'string' },
    'token-file': { type: 'string' },
    out: { type: 'string' },
    until: { type: 'string', default: '0' },
  },
});
const until = Number(options.until);
const token = fs.readFileSync(options['token-file'], 'utf8').trim();
const checkpointPath = `${options.out}.checkpoint`;

function fail(text) {
  console.error(text);
  process.exit(1);
}

function readCheckpoint() {
  if (!fs.existsSync(checkpointPath)) return { id: '', position: 0, bytes: 0 };
  return JSON.parse(fs.readFileSync(checkpointPath, 'utf8'));
}

// In one step: a reader finds the old one or the new one, whole.
function writeCheckpoint(checkpoint) {
  const file = fs.openSync(`${checkpointPath}.new`, 'w');
  fs.writeSync(file, JSON.stringify(checkpoint));
  fs.fsyncSync(file);
  fs.closeSync(file);
  fs.renameSync(`${checkpointPath}.new`, checkpointPath);
}

let checkpoint = readCheckpoint();
const out = fs.openSync(options.out, 'a');
fs.ftruncateSync(out, checkpoint.bytes);

// Several messages that came together are written together, then the checkpoint once.
function take(messages) {
  let { id, position } = checkpoint;
  let text = '';
  for (const message of messages) {
    if (message.event === 'end') console.error(`the server ends the stream: ${message.data}`);
    if (message.event === 'heartbeat' || message.event === 'end') continue;
    const data = JSON.parse(message.data);
    const omitted = message.event === 'omitted';
    const first = omitted ? data.first : Number(data.position);
    if (first !== position + 1) fail(`position ${first} came after ${position}: a gap`);
    position = omitted ? data.last : first;
    text += `${JSON.stringify(omitted ? { omitted: data } : data)}\n`;
    id = message.id;
  }
  if (text === '') return;
  fs.writeSync(out, text);
  fs.fsyncSync(out);
  checkpoint = { id, position, bytes: checkpoint.bytes + Buffer.byteLength(text) };
  writeCheckpoint(checkpoint);
  if (until > 0 && position >= until) process.exit(0);
}

function parse(block) {
  const message = { event: '', id: '', data: '' };
  for (const line of block.split('\n')) {
    const colon = line.indexOf(': ');
    if (colon > 0) message[line.slice(0, colon)] = line.slice(colon + 2);
  }
  return message;
}

function connect() {
  return new Promise((ended) => {
    const headers = { Authorization: `Bearer ${token}` };
    if (checkpoint.id) headers['Last-Event-ID'] = checkpoint.id;
    const request = http.get(`${options.server}/v1/feed/stream`, { headers }, (answer) => {
      let text = '';
      answer.setEncoding('utf8');
      answer.on('data', (piece) => {
        text += piece;
        if (answer.statusCode !== 200) return;
        const blocks = text.split('\n\n');
        text = blocks.pop();
        take(blocks.map(parse).filter((message) => message.data));
      });
      answer.on('close', () => {
        const refused = answer.statusCode >= 400 && answer.statusCode < 500;
        if (refused && answer.statusCode !== 429) fail(text);
        ended();
      });
      answer.on('error', () => {});
    });
    request.setTimeout(SILENCE_MS, () => request.destroy());
    request.on('error', () => ended());
  });
}

for (let failures = 0; ; ) {
  const before = checkpoint.position;
  await connect();
  failures = checkpoint.position > before ? 0 : failures + 1;
  const pause = Math.min(10_000, 100 * 2 ** failures) * (0.5 + Math.random() / 2);
  await new Promise((over) => setTimeout(over, pause));
}
