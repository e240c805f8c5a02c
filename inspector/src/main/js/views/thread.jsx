import { useEffect, useRef, useState } from 'preact/hooks';
import { get, post, segment } from '../base/api.js';
import { useLive } from '../base/live.js';
import { useLoad } from '../base/load.js';
import { to } from '../base/route.js';
import { Act, Badge, Copy, Empty, Problem, Tabs, Tag, Waiting, When } from '../parts/basics.jsx';
import { Json } from '../parts/json.jsx';
import { Questions } from '../parts/questions.jsx';
import { Runs } from '../parts/runs.jsx';
import { Acts } from './acts.jsx';
import { Compare } from './compare.jsx';
import { GraphView } from './graphview.jsx';
import { Log } from './log.jsx';
import { RunSteps } from './runsteps.jsx';
import { States } from './states.jsx';
import { Storage } from './storage.jsx';
import { Live } from './threads.jsx';

/** One thread: what it asks, its runs, and what each of them did. */
export function Thread({ id, tab = 'steps', chosen }) {
  const base = `/clew/threads/${segment(id)}`;
  const { data: thread, error, reload } = useLoad((signal) => get(base, signal), [id]);
  const [version, setVersion] = useState(0);
  const [live, setLive] = useState({ tokens: new Map(), emitted: [] });
  const timer = useRef(0);
  useEffect(() => setLive({ tokens: new Map(), emitted: [] }), [id]);
  const changed = () => {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => setVersion((n) => n + 1), 200);
  };
  const open = useLive(base + '/stream', (name, data) => {
    if (name === 'token') {
      setLive((before) => ({ ...before, tokens: new Map(before.tokens).set(data.path, (before.tokens.get(data.path) || '') + data.text) }));
    } else if (name === 'emitted') {
      setLive((before) => ({ ...before, emitted: [...before.emitted.slice(-49), data] }));
    } else {
      reload();
      changed();
    }
  });
  if (!thread) {
    return (
      <main id="main">
        <Problem error={error} />
        {error?.status === 404 ? <Empty title="There is no such thread."><p>It may have been deleted, or you may not see it. <a href={to(['threads'])}>All threads</a></p></Empty> : error ? null : <Waiting />}
      </main>
    );
  }
  const run = chosen.run || thread.run_id || thread.runs[0]?.run_id;
  const place = (name, more = {}) => to(['threads', id, name], { run: chosen.run, ...more });
  const all = [
    { name: 'steps', title: 'Steps', address: place('steps') },
    ...(thread.is_graph ? [{ name: 'graph', title: 'Graph', address: place('graph') }] : []),
    { name: 'state', title: 'States', address: place('state') },
    { name: 'compare', title: 'Compare', address: place('compare') },
    { name: 'log', title: 'Log', address: place('log') },
    { name: 'storage', title: 'Storage', address: place('storage') },
  ];
  const props = { thread, run, chosen, version, changed: () => (reload(), changed()) };
  return (
    <main id="main" class="thread">
      <Head thread={thread} open={open} changed={props.changed} />
      <Problem error={error} />
      <Stopped thread={thread} changed={props.changed} />
      <Questions thread={thread} onAnswered={props.changed} />
      <Output live={live} />
      {thread.checkpoints.length ? (
        <div class="body">
          <Runs thread={thread} run={run} tab={tab} />
          <section class="main">
            <Tabs all={all} current={tab} label="What is shown of the thread" />
            {tab === 'graph' ? <GraphView {...props} /> : tab === 'state' ? <States {...props} /> : tab === 'compare' ? <Compare {...props} /> : tab === 'log' && run ? <Log key={run} {...props} /> : tab === 'storage' ? <Storage {...props} /> : run ? <RunSteps {...props} /> : <Empty title="Nothing ran here yet."><p>The state was set by hand.</p></Empty>}
          </section>
        </div>
      ) : <Empty title="Nothing ran here yet."><p>Start a run on this thread, and its steps show here.</p></Empty>}
    </main>
  );
}

function Head({ thread, open, changed }) {
  return (
    <header class="head">
      <nav aria-label="Where this is" class="crumbs"><a href={to(['threads'])}>Threads</a> <span aria-hidden="true">›</span></nav>
      <h1 class="mono">{thread.thread_id}</h1>
      <Badge name={thread.state && thread.status !== 'busy' ? thread.state : thread.status} label={thread.state === 'interrupted' && thread.status !== 'busy' && !thread.pending?.length ? 'paused' : undefined} />
      <span class="facts">{thread.assistant || thread.workflow}, changed <When at={thread.changed_at} /></span>
      <Live open={open} />
      <Copy text={thread.thread_id} label="Copy id" />
      <span class="grow" />
      <Acts thread={thread} changed={changed} />
    </header>
  );
}

function Stopped({ thread, changed }) {
  const parts = [];
  if (thread.failure) {
    parts.push(<p key="failure"><strong>The run failed: {thread.failure.error}.</strong> <span class="message">{thread.failure.message}</span></p>);
  }
  if (thread.blocked_by) {
    parts.push(<p key="blocked"><strong>The run is blocked.</strong> {thread.blocked_by}</p>);
  }
  if (thread.state === 'crashed') {
    parts.push(<p key="crashed"><strong>The process that executed the run is gone</strong>, or the run was forked and not started. “Proceed” continues it; a server that recovers does it, too.</p>);
  }
  if (thread.state === 'interrupted' && thread.status !== 'busy' && !thread.pending?.length) {
    parts.push(<p key="paused"><strong>The run is paused at a node.</strong> “Proceed” lets it go on.</p>);
  }
  if (thread.wake_at) {
    parts.push(<p key="wake">It goes on by itself <When at={thread.wake_at} />.</p>);
  }
  const line = thread.requests.filter((each) => ['ready', 'waiting', 'delayed'].includes(each.state));
  if (line.length) {
    parts.push(
      <div key="line">{line.length} in line: {line.map((each) => (
        <span key={each.request_id}><Tag>{each.state} in {each.queue}</Tag> <Act quiet act={() => post(`/clew/threads/${segment(thread.thread_id)}/cancel`, { request_id: each.request_id })} done={changed}>Cancel it</Act></span>
      ))}</div>,
    );
  }
  return parts.length ? <section class={`stopped ${thread.failure || thread.blocked_by ? 'bad' : ''}`} aria-label="Where it stands">{parts}</section> : null;
}

/** Tokens and what code emits: it is in no log, so it shows only while this page is open. */
function Output({ live }) {
  if (!live.tokens.size && !live.emitted.length) {
    return null;
  }
  return (
    <details class="output" open>
      <summary>Live output</summary>
      {[...live.tokens].map(([path, text]) => <div key={path}><h3 class="mono">{path}</h3><p class="tokens" aria-live="off">{text}</p></div>)}
      {live.emitted.length ? <Json value={live.emitted.map((each) => each.value)} open={1} copy={false} /> : null}
    </details>
  );
}
