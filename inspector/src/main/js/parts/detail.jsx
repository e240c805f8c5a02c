import { useEffect, useRef } from 'preact/hooks';
import { get, query, segment } from '../base/api.js';
import { useLoad } from '../base/load.js';
import { duration, kind, reasons } from '../base/words.js';
import { Badge, Clock, Copy, Problem, Waiting } from './basics.jsx';
import { Json } from './json.jsx';

/** All that is known of one step: why it ran again first, since nothing else says that. */
export function Detail({ thread, run, step, onClose, onFork, canFork, version }) {
  const head = useRef(null);
  useEffect(() => head.current?.focus(), [step.path]);
  const why = reasons(step, run);
  return (
    <aside class="detail" aria-label={`Step ${step.name}`}>
      <header>
        <h2 tabIndex={-1} ref={head}>{step.name}</h2>
        <button type="button" class="quiet" onClick={onClose} aria-label="Close the step">✕</button>
      </header>
      <p class="facts"><Badge name={step.status} /> {kind(step.kind)}{step.ended_at ? `, took ${duration(step.took_ms)}` : ''}{step.cached ? ', from the cache' : ''}</p>
      <p class="path mono">{step.path} <Copy text={location.href} label="Copy link" /></p>
      {why.length ? (
        <section class="why">
          <h3>Why it ran more than once</h3>
          <ol>{why.map((each, i) => <li key={i}><strong>{each.title}</strong> {each.why}</li>)}</ol>
        </section>
      ) : null}
      {step.kept ? <p class="note">Taken over from the run that this one was forked from: nothing ran here.</p> : null}
      <Attempts step={step} />
      {step.deadline ? <p class="note">{step.status === 'retrying' ? 'The next attempt is due' : step.kind === 'timer' ? 'It is due' : 'It lapses'} at <Clock at={step.deadline} />.</p> : null}
      {step.has_arguments ? <Value title="Called with" of="arguments" {...{ thread, run, step, version }} /> : null}
      {step.has_question ? <Value title="Asks" of="question" {...{ thread, run, step, version }} /> : null}
      {step.has_value ? <Value title={step.kind === 'ask' ? 'Answer' : 'Result'} of="result" {...{ thread, run, step, version }} /> : null}
      {step.failure ? <Value title="Failure" of="failure" {...{ thread, run, step, version }} /> : null}
      {canFork ? (
        <section class="acts">
          <button type="button" onClick={() => onFork(step, 'before')}>Fork before this step</button>
          {step.ended_at && step.status !== 'cancelled' && step.status !== 'withdrawn' ? <button type="button" onClick={() => onFork(step, 'after')}>Fork after it</button> : null}
        </section>
      ) : null}
    </aside>
  );
}

function Attempts({ step }) {
  if (!step.tries.length) {
    return step.since ? <p class="note">Since <Clock at={step.since} />.</p> : null;
  }
  return (
    <table class="attempts">
      <caption>Attempts</caption>
      <thead><tr><th scope="col">#</th><th scope="col">began</th><th scope="col">took</th><th scope="col">outcome</th></tr></thead>
      <tbody>
        {step.tries.map((each, i) => (
          <tr key={i}>
            <td>{i + 1}</td>
            <td><Clock at={each.started_at || each.ended_at} /></td>
            <td>{each.started_at ? duration(Date.parse(each.ended_at) - Date.parse(each.started_at)) : ''}</td>
            <td>{each.failure ? <><Badge name="failed" label={each.failure.error} /> {each.failure.message}</> : <Badge name={step.status} />}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Value({ title, of, thread, run, step, version }) {
  const { data, error } = useLoad(
    (signal) => get(`/clew/threads/${segment(thread)}/runs/${segment(run.run_id)}/value${query({ path: step.path, of })}`, signal),
    [thread, run.run_id, step.path, of, step.status, step.kind === 'ask' ? version : 0],
  );
  return (
    <section>
      <h3>{title}</h3>
      <Problem error={error} />
      {data ? <Shown of={of} data={data} /> : error ? null : <Waiting />}
    </section>
  );
}

function Shown({ of, data }) {
  if (data.text !== undefined) {
    return <><p class="note">It has {data.size.toLocaleString('en')} characters; this is the beginning.</p><pre class="mono part">{data.text.slice(0, 20000)}</pre></>;
  }
  if (of === 'arguments') {
    return <dl class="arguments">{data.value.map((each, i) => <><dt key={i}>{each.name || i + 1}{each.cut ? ' (cut)' : ''}</dt><dd><Json value={each.value} open={1} copy={false} /></dd></>)}</dl>;
  }
  return of === 'failure' ? <Failure failure={data.value} /> : <Json value={data.value} />;
}

export function Failure({ failure }) {
  return failure ? (
    <div class="failure">
      <p><strong>{failure.type}</strong></p>
      <p class="message">{failure.message}</p>
      {failure.stack_trace?.length ? <details><summary>Stack trace</summary><pre class="mono">{failure.stack_trace.join('\n')}</pre></details> : null}
      {failure.cause ? <><p>caused by</p><Failure failure={failure.cause} /></> : null}
    </div>
  ) : null;
}
