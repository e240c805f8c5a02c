import { useState } from 'preact/hooks';
import { segment, once } from '../base/api.js';
import { to } from '../base/route.js';
import { When } from './basics.jsx';
import { ValueForm } from './form.jsx';
import { Json } from './json.jsx';

/** What the thread asks, each with a form for its answer. */
export function Questions({ thread, onAnswered }) {
  const pending = thread.pending || [];
  if (!pending.length || thread.status === 'busy') {
    return null;
  }
  return (
    <section class="questions" aria-label="Questions">
      {pending.map((question) => <Question key={question.id} thread={thread} question={question} onAnswered={onAnswered} />)}
    </section>
  );
}

function Question({ thread, question, onAnswered }) {
  const [sent, setSent] = useState(false);
  const [start] = useState(once);
  const answer = async (value) => {
    await start(`/threads/${segment(thread.thread_id)}/runs`, { assistant_id: thread.assistant, command: { resume: { [question.id]: value } } });
    setSent(true);
    onAnswered();
  };
  return (
    <article class="question" aria-label={`Question ${question.name}`}>
      <div class="asked">
        <h2>{question.name}{again(question.path)}</h2>
        <p class="facts"><a href={to(['threads', thread.thread_id, 'steps'], { step: question.path })} class="mono">{question.path}</a>{question.deadline ? <>, lapses <When at={question.deadline} /></> : null}</p>
        <Asked value={question.value} />
      </div>
      <div class="answer">
        {!thread.assistant ? <p class="note">Its workflow is not served here, so it is answered by the program that has it.</p> : sent ? <p role="status">The answer was taken.</p> : <ValueForm key={question.id} schema={question.response_schema} verb="Answer" label="Your answer" onSubmit={answer} />}
      </div>
    </article>
  );
}

/** An answer may lead to the same question: then only the number tells that it was taken. */
function again(path) {
  const times = Number(path.slice(path.lastIndexOf('#') + 1));
  return times > 1 ? <span class="hint">asked {times} times by now</span> : null;
}

/** A question that is a text reads as one; of an object, its texts. */
function Asked({ value }) {
  if (typeof value === 'string') {
    return <p class="text">{value}</p>;
  }
  if (value && typeof value === 'object' && !Array.isArray(value) && Object.values(value).every((each) => each === null || typeof each !== 'object' || Array.isArray(each))) {
    return (
      <dl class="asking">
        {Object.entries(value).map(([name, each]) => (
          <div key={name}><dt>{name}</dt><dd>{Array.isArray(each) ? <List all={each} /> : each === null ? <span class="void">none</span> : String(each)}</dd></div>
        ))}
      </dl>
    );
  }
  return <Json value={value} />;
}

const List = ({ all }) => (all.every((each) => typeof each !== 'object') ? <ul>{all.map((each, i) => <li key={i}>{String(each)}</li>)}</ul> : <Json value={all} copy={false} />);
