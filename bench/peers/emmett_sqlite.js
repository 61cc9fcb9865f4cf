// Emmett on SQLite, one client: with more it fails with SQLITE_BUSY.
'use strict';
const fs = require('fs');
const path = require('path');
const sqlite3 = require('sqlite3');
const {getSQLiteEventStore} = require('@event-driven-io/emmett-sqlite');
const lib = require('./lib.js');

const STREAMS = 2000;

function countStored(fileName) {
  return new Promise((resolve, reject) => {
    const database = new sqlite3.Database(fileName, sqlite3.OPEN_READONLY);
    database.get('SELECT count(*) AS count FROM emt_messages',
                 (error, row) => error ? reject(error) : resolve(row.count));
  });
}

async function append() {
  const fileName = path.join(lib.options.folder, `emmett-${process.pid}.db`);
  const store = getSQLiteEventStore({fileName, pooled: lib.options.pooled});
  await store.schema.migrate();
  const answer = await lib.closedLoop({workers: 1, seconds: lib.options.seconds,
    act: async (_, turn) => {
      const version = Math.floor(turn / STREAMS);
      await store.appendToStream(
          `case-${(turn * 7919) % STREAMS}`, [{type: lib.EVENT_TYPE, data: lib.event}],
          {expectedStreamVersion: version === 0 ? 'STREAM_DOES_NOT_EXIST' : BigInt(version)});
    }});
  const stored = await countStored(fileName);
  for (const suffix of ['', '-wal', '-shm']) fs.rmSync(fileName + suffix, {force: true});
  lib.check(stored === answer.count, `${answer.count} acknowledged, ${stored} stored`);
  return answer;
}

lib.run({append});
