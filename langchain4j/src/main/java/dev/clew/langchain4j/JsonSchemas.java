package dev.clew.langchain4j;

import dev.clew.model.ModelException;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import dev.langchain4j.model.chat.request.json.JsonRawSchema;
import dev.langchain4j.model.chat.request.json.JsonSchemaElement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** JSON schemas in LangChain4j's form: the object in its class, and what is in it as it stands. */
final class JsonSchemas {
    private JsonSchemas() {}

    static JsonObjectSchema object(Map<String, @Nullable Object> schema) {
        if (!schema.isEmpty() && !"object".equals(schema.get("type"))) {
            throw ModelException.invalidRequest("the JSON schema must be that of an object", null);
        }
        JsonObjectSchema.Builder made = JsonObjectSchema.builder();
        if (schema.get("description") instanceof String description) {
            made.description(description);
        }
        made.addProperties(raw(schema.get("properties")));
        if (schema.get("required") instanceof List<?> required) {
            List<String> names = new ArrayList<>();
            required.forEach(name -> names.add(String.valueOf(name)));
            made.required(names);
        }
        if (schema.get("additionalProperties") instanceof Boolean additional) {
            made.additionalProperties(additional);
        }
        Map<String, JsonSchemaElement> definitions = raw(schema.get("$defs"));
        return (definitions.isEmpty() ? made : made.definitions(definitions)).build();
    }

    private static Map<String, JsonSchemaElement> raw(@Nullable Object members) {
        Map<String, JsonSchemaElement> raw = new LinkedHashMap<>();
        if (members instanceof Map<?, ?> map) {
            map.forEach((name, schema) -> raw.put(String.valueOf(name), JsonRawSchema.from(JsonText.of(schema))));
        }
        return raw;
    }
}
