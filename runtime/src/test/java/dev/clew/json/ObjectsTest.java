package dev.clew.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clew.value.CodecException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Objects are taken apart into their members, the short way and the long one alike. */
class ObjectsTest {
    private final JsonCodec codec = JsonCodec.standard();

    private Map<String, String> split(String object) {
        Map<String, String> members = new LinkedHashMap<>();
        codec.split(object.getBytes(UTF_8)).forEach((name, bytes) -> members.put(name, new String(bytes, UTF_8)));
        return members;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"a\":1}",
                "{\"a\":-1.5E3,\"b\":true}",
                "{\"a\":\"}\",\"b\":\"]\",\"c\":\",\"}",
                "{\"a\":\"\\\"\",\"b\":\"\\\\\",\"c\":null}",
                "{\"a\":{\"b\":[1,{\"c\":\"{[\"}]},\"d\":[]}",
                "{\"a+1\":\"x\",\"@replace\":[\"a\"]}",
                "{\"\":\"\"}",
                "{\"\u00e9\":\"\u00e9\"}",
                "{\"a\\n\":1}"
            })
    void bothWaysGiveTheSameMembers(String object) {
        String spaced = object.equals("{}") ? "{ }" : "{ " + object.substring(1);

        assertThat(split(object)).isEqualTo(split(spaced));
        assertThat(codec.join(codec.split(object.getBytes(UTF_8)))).isEqualTo(object.getBytes(UTF_8));
    }

    @Test
    void membersKeepTheirOrderAndTheirText() {
        assertThat(split("{\"b\":[1,2],\"a\":{\"c\":\"\\\"}\"},\"d\":1}"))
                .containsExactly(Map.entry("b", "[1,2]"), Map.entry("a", "{\"c\":\"\\\"}\"}"), Map.entry("d", "1"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "}",
                "[]",
                "{}}",
                "{,}",
                "{\"a\"}",
                "{\"a\":}",
                "{\"a\":1,}",
                "{\"a\":1,\"a\":2}",
                "{\"a\":1}}",
                "{\"a\":1}{\"b\":2}",
                "{\"a\":[1}",
                "{\"a\":\"1}",
                "{\"a\":\"1\\\"}",
                "{a:1}",
                "{\"a\":1 \"b\":2}",
                "{\"a\"1:2}",
                "{\"a\":1,\"b\"}"
            })
    void whatIsNoObjectIsRefused(String text) {
        assertThatThrownBy(() -> split(text)).isInstanceOf(CodecException.class);
    }
}
