/** The part of JSON Schema of which forms are made. What is not in it is edited as JSON; the server alone validates. */
const DEEPEST = 6;

export function resolve(schema, root) {
  let found = schema;
  for (let i = 0; found && found.$ref && i < 20; i++) {
    const name = found.$ref.match(/^#\/\$defs\/(.+)$/)?.[1];
    found = name ? root.$defs?.[name.replace(/~1/g, '/').replace(/~0/g, '~')] : undefined;
  }
  return found;
}

/** A schema with what it says of null taken apart. */
export function shape(schema, root, depth = 0) {
  const found = resolve(schema, root);
  if (!found || depth > DEEPEST) {
    return { kind: 'json', nullable: true };
  }
  if (Array.isArray(found.type)) {
    const types = found.type.filter((each) => each !== 'null');
    return types.length === 1
      ? { ...shape({ ...found, type: types[0] }, root, depth), nullable: found.type.includes('null') }
      : { kind: 'json', nullable: true };
  }
  if (found.anyOf) {
    const real = found.anyOf.filter((each) => each.type !== 'null');
    const nullable = real.length < found.anyOf.length;
    // A floating-point number may also be one of the texts NaN and Infinity: those are written as JSON.
    const numbers = real.filter((each) => !(each.enum && each.enum.every((value) => typeof value === 'string')));
    const only = real.length === 1 ? real[0] : numbers.length === 1 && numbers[0].type === 'number' ? numbers[0] : null;
    return only
      ? withNull(shape(only, root, depth), nullable)
      : { kind: 'json', nullable: true };
  }
  return { nullable: false, description: found.description, ...plain(found, root, depth) };
}

const withNull = (found, nullable) => ({ ...found, nullable: found.nullable || nullable });

function plain(schema, root, depth) {
  if ('const' in schema) {
    return { kind: 'const', value: schema.const };
  }
  if (schema.enum) {
    const values = schema.enum.filter((each) => each !== null);
    return { kind: 'enum', values, ...(values.length < schema.enum.length ? { nullable: true } : {}) };
  }
  if (schema.oneOf) {
    const cases = schema.oneOf.map((each) => ({ schema: each, tag: tag(resolve(each, root), root) }));
    return cases.every((each) => each.tag) ? { kind: 'oneOf', cases } : { kind: 'json' };
  }
  switch (schema.type) {
    case 'object':
      return schema.properties ? { kind: 'object', properties: schema.properties, required: schema.required || [], depth } : { kind: 'json' };
    case 'array':
      return schema.items && !schema.prefixItems ? { kind: 'array', items: schema.items, most: schema.maxItems } : { kind: 'json' };
    case 'string':
      return { kind: 'string', format: schema.format, pattern: schema.pattern };
    case 'integer':
    case 'number':
      return { kind: schema.type, least: schema.minimum, most: schema.maximum };
    case 'boolean':
      return { kind: 'boolean' };
    case 'null':
      return { kind: 'const', value: null };
    default:
      return { kind: 'json' };
  }
}

/** The member by which one case of several is told, and its value. */
function tag(schema, root) {
  for (const [name, each] of Object.entries(schema?.properties || {})) {
    const found = resolve(each, root);
    if (found && 'const' in found) {
      return { name, value: found.const };
    }
  }
  return null;
}

/** What a form begins with: all members that there must be. A choice that the person must make is left out. */
export function initial(schema, root, depth = 0) {
  const found = shape(schema, root, depth);
  switch (found.kind) {
    case 'const':
      return found.value;
    case 'object': {
      if (found.nullable && depth > 2) {
        return null;
      }
      const all = {};
      for (const [name, each] of Object.entries(found.properties)) {
        if (found.required.includes(name)) {
          all[name] = initial(each, root, depth + 1);
        }
      }
      return all;
    }
    case 'oneOf':
      return initial(found.cases[0].schema, root, depth + 1);
    case 'enum':
      return undefined;
    case 'array':
      return [];
    case 'string':
      return found.format && found.nullable ? null : '';
    case 'boolean':
      return found.nullable ? null : false;
    default:
      return found.nullable ? null : undefined;
  }
}
