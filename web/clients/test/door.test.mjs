// The official gRPC-Web clients against a running server: BASE_URL=http://127.0.0.1:8080 npm test
// The server must be new: the suite makes its first account and everything else over gRPC-Web.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { clients, Failure, StatusCode } from '../clients.mjs';

const base = process.env.BASE_URL;
if (!base) throw new Error('BASE_URL says where the server is, such as http://127.0.0.1:8080');

const STREAMS = 'clawlive.streams.v1.StreamService';
const SESSIONS = 'clawlive.live.v1.SessionService';
const AGENTS = 'clawlive.agents.v1.AgentService';
const PROJECTS = 'clawlive.agents.v1.ProjectService';
const IDENTITY = 'clawlive.identity.v1.IdentityService';
const NOBODY = '00000000-0000-7000-8000-000000000000';

const all = clients(base);
const { key, projectId } = await prepare(all[0]);

for (const client of all) {
  describe(client.name, () => {
    const start = async () => {
      const { session } = await client.unary(`${SESSIONS}/StartSession`, { projectId }, { token: key });
      return session.sessionId;
    };
    const append = (streamId, ...texts) =>
      client.unary(
        `${STREAMS}/Append`,
        { streamId, events: texts.map((text) => ({ payload: { case: 'thought', value: { text } } })) },
        { token: key },
      );
    const end = (sessionId) => client.unary(`${SESSIONS}/EndSession`, { sessionId }, { token: key });

    test('a unary call is answered', async () => {
      const { agent } = await client.unary(`${AGENTS}/GetAgent`, { agent: 'webber' });
      assert.equal(agent.handle, 'webber');
      assert.equal((await append(await start(), 'ünïcode ☃', 'two')).inserted, 2);
    });

    test('an answer larger than one read is whole', async () => {
      const streamId = await start();
      const long = 'x'.repeat(60_000);
      await append(streamId, long, long, long);
      const { events } = await client.unary(`${STREAMS}/List`, { streamId });
      assert.deepEqual(thoughts([{ events }]), [long, long, long]);
    });

    test('a stream ends when it has caught up', async () => {
      const streamId = await start();
      await append(streamId, 'one', 'two', 'three');
      const watch = client.stream(`${STREAMS}/Watch`, { streamId, stopWhenCaughtUp: true });
      await watch.ended;
      assert.deepEqual(thoughts(watch.messages), ['one', 'two', 'three']);
      assert.equal(watch.messages.at(-1).mark.case, 'caughtUp');
    });

    test('events that are appended while watching arrive in order', async () => {
      const streamId = await start();
      const watch = client.stream(`${STREAMS}/Watch`, { streamId });
      const expected = [];
      for (let i = 1; i <= 10; i++) {
        expected.push(`thought ${i}`);
        await append(streamId, `thought ${i}`);
        if (client.live) await until(2_000, `thought ${i} is there`, () => thoughts(watch.messages).length === i);
      }
      await end(streamId);
      await watch.ended;
      assert.deepEqual(thoughts(watch.messages), expected);
      const sequences = watch.messages.flatMap((each) => each.events).map((event) => Number(event.sequence));
      assert.deepEqual(sequences, sequences.map((_, index) => index + 1));
      assert.equal(watch.messages.at(-1).mark.case, 'ended');
    });

    test('a watch goes on after the last sequence seen', async () => {
      const streamId = await start();
      await append(streamId, 'old');
      const { sequence } = await append(streamId, 'seen');
      await append(streamId, 'new');
      await end(streamId);
      const watch = client.stream(`${STREAMS}/Watch`, { streamId, start: { case: 'afterSequence', value: sequence } });
      await watch.ended;
      assert.deepEqual(thoughts(watch.messages), ['new']);
    });

    test('a refused unary call tells its code and reason', async () => {
      await fails(client.unary(`${AGENTS}/GetAgent`, { agent: 'nobody-at-all' }), StatusCode.NOT_FOUND, 'AGENT_NOT_FOUND');
      await fails(client.unary(`${AGENTS}/RegisterAgent`, { handle: 'x' }), StatusCode.UNAUTHENTICATED, 'CREDENTIAL_MISSING');
      await fails(append(NOBODY, 'lost'), StatusCode.NOT_FOUND, 'STREAM_NOT_FOUND');
      await fails(append(await start(), 'y'.repeat(70_000)), StatusCode.INVALID_ARGUMENT, 'INVALID_FIELD');
    });

    test('a refused stream tells its code and reason without a message', async () => {
      const watch = client.stream(`${STREAMS}/Watch`, { streamId: NOBODY });
      await fails(watch.ended, StatusCode.NOT_FOUND, 'STREAM_NOT_FOUND');
      assert.equal(watch.messages.length, 0);
    });

    test('a cancelled watch is over at the server within two seconds', async () => {
      const streamId = await start();
      const watch = client.stream(`${STREAMS}/Watch`, { streamId });
      await until(5_000, 'the server has a watcher', async () => (await watchers()) === 1);
      watch.cancel();
      await until(2_000, 'the server has no watcher', async () => (await watchers()) === 0);
    });

    test('a watch ends at its deadline', async () => {
      const streamId = await start();
      const begun = performance.now();
      const watch = client.stream(`${STREAMS}/Watch`, { streamId }, { timeout: 500 });
      await fails(watch.ended, StatusCode.DEADLINE_EXCEEDED);
      const took = performance.now() - begun;
      assert.ok(took >= 450 && took < 2_000, `it took ${took} ms`);
      await until(2_000, 'the server has no watcher', async () => (await watchers()) === 0);
    });
  });
}

test('a call that gRPC-Web cannot carry is refused as such', async () => {
  const answer = await post(`${STREAMS}/Publish`);
  assert.equal(answer.headers.get('grpc-status'), String(StatusCode.UNIMPLEMENTED));
});

test('a refusal without a message stands in the headers alone', async () => {
  const answer = await post(`${AGENTS}/GetAgent`);
  assert.equal(answer.status, 200);
  assert.equal(answer.headers.get('grpc-status'), String(StatusCode.INVALID_ARGUMENT));
  assert.equal((await answer.arrayBuffer()).byteLength, 0);
});

/** The first account, an agent with its key, and a project. */
async function prepare(client) {
  const { tokens } = await client.unary(`${IDENTITY}/Register`, { name: 'tester', password: 'only for this run' });
  const { apiKey } = await client.unary(
    `${AGENTS}/RegisterAgent`,
    { handle: 'webber' },
    { token: tokens.accessToken },
  );
  const { project } = await client.unary(`${PROJECTS}/CreateProject`, { agent: 'webber', slug: 'door' }, { token: apiKey });
  return { key: apiKey, projectId: project.projectId };
}

function thoughts(messages) {
  return messages
    .flatMap((each) => each.events)
    .filter((event) => event.payload.case === 'thought')
    .map((event) => event.payload.value.text);
}

/** An empty message, without a client. */
function post(method) {
  return fetch(`${base}/${method}`, {
    method: 'POST',
    headers: { 'content-type': 'application/grpc-web+proto', 'x-grpc-web': '1' },
    body: new Uint8Array(5),
  });
}

async function fails(call, code, reason) {
  await assert.rejects(call, (error) => {
    assert.ok(error instanceof Failure, String(error.stack));
    assert.equal(error.code, code, error.message);
    assert.equal(error.reason, reason);
    return true;
  });
}

async function until(milliseconds, what, holds) {
  const limit = performance.now() + milliseconds;
  while (!(await holds())) {
    if (performance.now() > limit) assert.fail(`not within ${milliseconds} ms: ${what}`);
    await sleep(20);
  }
}

async function watchers() {
  const text = await (await fetch(`${base}/metrics`)).text();
  const line = /^clawlive_watchers(?:\{[^}]*\})? ([0-9.]+)$/m.exec(text);
  assert.ok(line, 'the metric clawlive_watchers is there');
  return Number(line[1]);
}
