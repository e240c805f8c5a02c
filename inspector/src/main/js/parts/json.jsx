import { useState } from 'preact/hooks';
import { Copy } from './basics.jsx';

const LONGEST = 300;
const MOST = 100;

/** A value as it is, folded where it is deep. Everything is text: nothing of a value becomes markup. */
export function Json({ value, open = 2, copy = true }) {
  const long = value !== null && typeof value === 'object';
  return (
    <div class="json">
      {copy && long ? <Copy text={JSON.stringify(value, null, 2)} label="Copy JSON" /> : null}
      <Node value={value} depth={0} open={open} />
    </div>
  );
}

function Node({ name, value, depth, open }) {
  return value !== null && typeof value === 'object'
    ? <Branch name={name} value={value} depth={depth} open={open} />
    : <div class="leaf"><Name name={name} /><Scalar value={value} /></div>;
}

const Name = ({ name }) => (name === undefined ? null : <span class="name">{String(name)}<span class="colon">:</span></span>);

function Branch({ name, value, depth, open }) {
  const entries = Array.isArray(value) ? value.map((each, i) => [i, each]) : Object.entries(value);
  const [isOpen, setOpen] = useState(depth < open);
  const [most, setMost] = useState(MOST);
  const size = Array.isArray(value) ? `[${entries.length}]` : `{${entries.length}}`;
  if (entries.length === 0) {
    return <div class="leaf"><Name name={name} /><span class="void">{Array.isArray(value) ? '[]' : '{}'}</span></div>;
  }
  return (
    <div class="branch">
      <button type="button" class="fold" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
        <span class="arrow" aria-hidden="true">{isOpen ? '▾' : '▸'}</span>
        <Name name={name} /><span class="void">{size}</span>
        {isOpen ? null : <span class="peek">{peek(value)}</span>}
      </button>
      {isOpen ? (
        <div class="inner">
          {entries.slice(0, most).map(([key, each]) => <Node key={key} name={key} value={each} depth={depth + 1} open={open} />)}
          {entries.length > most ? <button type="button" class="quiet" onClick={() => setMost(most + 10 * MOST)}>{entries.length - most} more</button> : null}
        </div>
      ) : null}
    </div>
  );
}

function peek(value) {
  const text = JSON.stringify(value);
  return text.length > 80 ? text.slice(0, 80) + '…' : text;
}

function Scalar({ value }) {
  const [all, setAll] = useState(false);
  if (typeof value !== 'string') {
    return <span class={value === null ? 'void' : 'scalar'}>{String(value)}</span>;
  }
  const long = value.length > LONGEST && !all;
  return (
    <span class="text">
      {long ? value.slice(0, LONGEST) + '…' : value === '' ? <span class="void">""</span> : value}
      {long ? <button type="button" class="quiet" onClick={() => setAll(true)}>all {value.length.toLocaleString('en')} characters</button> : null}
    </span>
  );
}
