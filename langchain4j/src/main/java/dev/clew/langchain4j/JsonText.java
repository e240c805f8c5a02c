package dev.clew.langchain4j;

import dev.clew.json.JsonCodec;
import dev.clew.value.TypeRef;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Plain data as the text of its JSON. */
final class JsonText {
    private static final JsonCodec CODEC = JsonCodec.standard();
    private static final TypeRef<Object> PLAIN = TypeRef.of(Object.class);

    private JsonText() {}

    static String of(@Nullable Object plain) {
        return new String(CODEC.encode(plain, PLAIN), StandardCharsets.UTF_8);
    }
}
