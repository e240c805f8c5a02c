import { useEffect, useId, useRef, useState } from 'preact/hooks';
import { isKept } from '../base/api.js';
import { initial, shape } from '../base/schema.js';
import { Problem } from './basics.jsx';

/** A form for a value of a JSON Schema, with the JSON itself as the way out. The server is the only one that validates. */
export function ValueForm({ schema, value: given, verb, onSubmit, onClose, children, label }) {
  const [value, setValue] = useState(() => (given !== undefined ? given : schema ? initial(schema, schema) : undefined));
  const [raw, setRaw] = useState(!schema || shape(schema, schema).kind === 'json');
  const [text, setText] = useState(() => JSON.stringify(value ?? null, null, 2));
  const [error, setError] = useState(null);
  const [busy, setBusy] = useState(false);
  const submit = async (event) => {
    event.preventDefault();
    setError(null);
    setBusy(true);
    try {
      await onSubmit(raw ? parsed(text) : value === undefined ? null : value);
    } catch (failed) {
      setError(failed);
    }
    setBusy(false);
  };
  const toggle = (event) => {
    const { form } = event.currentTarget;
    if (!raw) {
      // What is not yet JSON has no value, and would be lost.
      if (form.querySelector('[aria-invalid="true"]')) {
        form.reportValidity();
        return;
      }
      setText(JSON.stringify(value ?? null, null, 2));
      setRaw(true);
      return;
    }
    try {
      setValue(parsed(text));
      setError(null);
      setRaw(false);
    } catch (failed) {
      setError(failed);
    }
  };
  return (
    <form class="value" onSubmit={submit} aria-label={label || verb}>
      {raw
        ? <label class="raw">{label || 'Value'}, as JSON<textarea rows="8" spellcheck={false} value={text} onInput={(e) => setText(e.target.value)} /></label>
        : <Field schema={schema} root={schema} value={value} onChange={setValue} depth={0} name={label} top />}
      {children}
      <Problem error={error} />
      <footer>
        {schema ? <button type="button" class="quiet" onClick={toggle}>{raw ? 'Use the form' : 'Write JSON'}</button> : null}
        <span class="grow" />
        {onClose ? <button type="button" onClick={onClose}>Leave it</button> : null}
        <button type="submit" class="primary" disabled={busy}>{verb}</button>
      </footer>
    </form>
  );
}

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch (malformed) {
    throw new Error('This is not well-formed JSON: ' + malformed.message);
  }
}

function Field({ schema, root, value, onChange, depth, name, top, optional }) {
  const found = shape(schema, root, depth);
  const props = { found, root, value, onChange, depth, name: name || 'value', optional: optional || found.nullable, missing: optional };
  if (props.optional && ['object', 'oneOf'].includes(found.kind)) {
    return <Maybe {...props} top={top} />;
  }
  return <Plain {...props} top={top} />;
}

/** Something that may be left out, or be null: a tick says whether it is there. */
function Maybe(props) {
  const has = props.value !== null && props.value !== undefined;
  const begin = () => initial(props.found.kind === 'oneOf' ? props.found.cases[0].schema : strip(props.found), props.root, props.depth);
  const tick = <label class="check"><input type="checkbox" checked={has} onChange={(e) => props.onChange(e.target.checked ? begin() : null)} /> {props.name}</label>;
  return has ? <Plain {...props} legend={tick} /> : tick;
}

/** The schema of a shape that is there. */
const strip = (found) => ({ type: 'object', properties: found.properties, required: found.required });

function Plain(props) {
  switch (props.found.kind) {
    case 'object':
      return <Members {...props} />;
    case 'oneOf':
      return <Cases {...props} />;
    case 'array':
      return <List {...props} />;
    case 'const':
      return null;
    case 'json':
      return <Raw {...props} />;
    default:
      return <Scalar {...props} />;
  }
}

function Members({ found, root, value, onChange, depth, name, legend, top, hidden }) {
  const fields = Object.entries(found.properties).filter(([member]) => member !== hidden).map(([member, schema]) => {
    const required = found.required.includes(member);
    const change = (next) => {
      const all = { ...value, [member]: next };
      if ((next === undefined || next === null) && !required) {
        delete all[member];
      }
      onChange(all);
    };
    return <Field key={member} name={member} schema={schema} root={root} depth={depth + 1} value={value?.[member]} onChange={change} optional={!required} />;
  });
  return top ? <div class="fields">{fields}</div> : <fieldset><legend>{legend || name}</legend>{fields}</fieldset>;
}

/** One of the cases of a sealed type. */
function Cases({ found, root, value, onChange, depth, name, legend }) {
  const index = Math.max(0, found.cases.findIndex(({ tag }) => value?.[tag.name] === tag.value));
  const chosen = found.cases[index];
  return (
    <fieldset>
      <legend>{legend || name}</legend>
      <Labelled name="kind">
        {(id) => (
          <select id={id} value={index} onChange={(e) => onChange(initial(found.cases[e.target.value].schema, root, depth + 1))}>
            {found.cases.map(({ tag }, i) => <option key={tag.value} value={i}>{tag.value}</option>)}
          </select>
        )}
      </Labelled>
      <Members key={index} found={shape(chosen.schema, root, depth + 1)} root={root} value={value} onChange={onChange} depth={depth + 1} top hidden={chosen.tag.name} />
    </fieldset>
  );
}

function List({ found, root, value, onChange, depth, name }) {
  const all = Array.isArray(value) ? value : [];
  const set = (i, next) => onChange(all.map((each, at) => (at === i ? next : each)));
  const keys = useKeys(all.length);
  const drop = (i) => {
    keys.splice(i, 1);
    onChange(all.filter((_, at) => at !== i));
  };
  return (
    <fieldset class="list">
      <legend>{name}</legend>
      {all.map((each, i) => (
        <div class="item" key={keys[i]}>
          <Field name={`${name} ${i + 1}`} schema={found.items} root={root} depth={depth + 1} value={each} onChange={(next) => set(i, next)} />
          <button type="button" class="quiet" aria-label={`Remove ${name} ${i + 1}`} onClick={() => drop(i)}>Remove</button>
        </div>
      ))}
      <button type="button" class="quiet" disabled={all.length >= (found.most ?? Infinity)} onClick={() => onChange([...all, initial(found.items, root, depth + 1) ?? null])}>+ Add to {name}</button>
    </fieldset>
  );
}

/** A key for each item, which it keeps when another one is removed: its fields have a text of their own. */
function useKeys(length) {
  const { current } = useRef({ keys: [], next: 0 });
  current.keys.length = Math.min(current.keys.length, length);
  while (current.keys.length < length) {
    current.keys.push(current.next++);
  }
  return current.keys;
}

/** Lets the browser refuse to send a field while something is wrong with it. */
function useWrong(wrong) {
  const ref = useRef(null);
  useEffect(() => ref.current.setCustomValidity(wrong || ''), [wrong]);
  return ref;
}

function Labelled({ name, hint, children }) {
  const id = useId();
  return <div class="field"><label for={id}>{name}{hint ? <span class="hint">{hint}</span> : null}</label>{children(id)}</div>;
}

function Scalar({ found, value, onChange, name, optional, missing }) {
  const hint = [found.description, missing || (optional && found.format) ? 'may be left empty' : null].filter(Boolean).join(', ');
  if (found.kind === 'boolean' && !optional) {
    return <label class="check"><input type="checkbox" checked={value === true} onChange={(e) => onChange(e.target.checked)} /> {name}<span class="hint">{hint}</span></label>;
  }
  return <Labelled name={name} hint={hint}>{(id) => <Input id={id} found={found} value={value} onChange={onChange} optional={optional} />}</Labelled>;
}

function Input({ id, found, value, onChange, optional }) {
  if (found.kind === 'enum' || found.kind === 'boolean') {
    const values = found.kind === 'boolean' ? [true, false] : found.values;
    const index = value === null ? 'none' : values.findIndex((each) => each === value);
    const read = (text) => (text === 'none' ? null : text === '' ? undefined : values[text]);
    return (
      <select id={id} required value={index === -1 ? '' : index} onChange={(e) => onChange(read(e.target.value))}>
        <option value="">Choose …</option>
        {values.map((each, i) => <option key={i} value={i}>{String(each)}</option>)}
        {optional ? <option value="none">(none)</option> : null}
      </select>
    );
  }
  if (found.kind === 'number' || found.kind === 'integer') {
    return <Figure id={id} found={found} value={value} onChange={onChange} required={!optional} />;
  }
  // A text that has a form of its own, such as a date, is none if it is empty.
  const read = (text) => (text === '' && optional && found.format ? null : text);
  const long = !found.format;
  return long
    ? <textarea id={id} rows={Math.min(8, String(value ?? '').split('\n').length + (String(value ?? '').length > 60 ? 2 : 0))} value={value ?? ''} onInput={(e) => onChange(read(e.target.value))} />
    : <input id={id} type="text" placeholder={found.format} value={value ?? ''} onInput={(e) => onChange(read(e.target.value))} />;
}

/** A number. While it is written it may be none, such as "2.": so what is written is not replaced by what was read. */
function Figure({ id, found, value, onChange, required }) {
  const [text, setText] = useState(value ?? '');
  const ref = useWrong(!isKept(Number(text)) && `a whole number beyond ${Number.MAX_SAFE_INTEGER} would be changed by this page`);
  const change = (e) => {
    setText(e.target.value);
    const number = Number(e.target.value);
    onChange(e.target.value === '' || Number.isNaN(number) ? null : number);
  };
  return (
    <input ref={ref} id={id} type="text" inputMode={found.kind === 'integer' ? 'numeric' : 'decimal'} pattern={found.kind === 'integer' ? '-?[0-9]+' : '-?[0-9]*[.]?[0-9]+([eE][\\-+]?[0-9]+)?'}
      title={found.kind === 'integer' ? 'a whole number' : 'a number'} required={required} value={text} onInput={change} />
  );
}

/** What no form can be made of. */
function Raw({ value, onChange, name }) {
  const [text, setText] = useState(() => JSON.stringify(value ?? null, null, 2));
  const [wrong, setWrong] = useState(false);
  const ref = useWrong(wrong && 'not yet well-formed JSON');
  const change = (next) => {
    setText(next);
    try {
      onChange(JSON.parse(next));
      setWrong(false);
    } catch {
      setWrong(true);
    }
  };
  return (
    <Labelled name={name} hint={wrong ? 'not yet well-formed JSON' : 'as JSON'}>
      {(id) => <textarea ref={ref} id={id} rows="4" spellcheck={false} class="mono" aria-invalid={wrong} value={text} onInput={(e) => change(e.target.value)} />}
    </Labelled>
  );
}
