package dev.clew.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.clew.value.CodecException;
import dev.clew.value.TypeRef;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Data never chooses a class (LangGraph's CVE-2025-64439 and CVE-2026-28277 were of this kind). */
final class GadgetTest {
    private static final String GADGET = "dev.clew.json.GadgetTest$Gadget";

    private static boolean created;

    private final JsonCodec codec = JsonCodec.standard();

    /** Would be harmful if anything made one. */
    public static final class Gadget extends Open implements AnnotatedOpen {
        public Gadget() {
            created = true;
        }

        public void setCommand(String command) {
            created = true;
        }

        public String getCommand() {
            return "";
        }
    }

    public abstract static class Open {}

    @JsonTypeInfo(use = JsonTypeInfo.Id.CLASS)
    public interface AnnotatedOpen {}

    @JsonTypeInfo(use = JsonTypeInfo.Id.CLASS, property = "@class")
    public record AnnotatedRecord(int x) {}

    @JsonTypeInfo(use = JsonTypeInfo.Id.MINIMAL_CLASS)
    @JsonSubTypes(@JsonSubTypes.Type(Gadget.class))
    public static class AnnotatedBean {
        @JsonTypeInfo(use = JsonTypeInfo.Id.CLASS)
        public Object anything;

        @JsonTypeInfo(use = JsonTypeInfo.Id.CLASS)
        public Open open;
    }

    record Holder(@JsonTypeInfo(use = JsonTypeInfo.Id.CLASS) Object anything, Open open, AnnotatedOpen annotated) {}

    @BeforeEach
    void nothingWasCreated() {
        created = false;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"@class\":\"" + GADGET + "\",\"command\":\"x\"}",
                "{\"@type\":\"" + GADGET + "\",\"command\":\"x\"}",
                "{\"@c\":\".GadgetTest$Gadget\"}",
                "[\"" + GADGET + "\",{\"command\":\"x\"}]",
                "[\"java.lang.Runtime\",{}]",
                "[\"com.sun.rowset.JdbcRowSetImpl\",{\"dataSourceName\":\"ldap://x\",\"autoCommit\":true}]",
                "{\"lc\":2,\"type\":\"constructor\",\"id\":[\"os\",\"system\"],\"kwargs\":{\"command\":\"x\"}}",
                "\"" + GADGET + "\"",
            })
    void payloadsAreDataOrRefused(String payload) {
        assertThat(codec.decodePlain(bytes(payload))).isInstanceOfAny(Map.class, List.class, String.class);
        assertThat(codec.decode(bytes(payload), TypeRef.of(Object.class))).isEqualTo(codec.decodePlain(bytes(payload)));
        refuses(payload, TypeRef.of(Open.class));
        refuses(payload, TypeRef.of(AnnotatedOpen.class));
        refuses(payload, TypeRef.of(Figure.class));
        refuses(payload, TypeRef.of(Runnable.class));
        refuses(payload, TypeRef.of(Class.class));
        refuses(payload, TypeRef.of(Throwable.class));
        refuses("{\"open\":" + payload + "}", TypeRef.of(Holder.class));
        refuses("{\"annotated\":" + payload + "}", TypeRef.of(Holder.class));
        refuses("{\"open\":" + payload + "}", TypeRef.of(AnnotatedBean.class));
        assertThat(codec.decode(bytes("{\"anything\":" + payload + "}"), TypeRef.of(Holder.class))
                        .anything())
                .isEqualTo(codec.decodePlain(bytes(payload)));
        assertThat(codec.decode(bytes("{\"anything\":" + payload + "}"), TypeRef.of(AnnotatedBean.class)).anything)
                .isEqualTo(codec.decodePlain(bytes(payload)));
        assertThat(created).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "java.lang.Runtime",
                GADGET,
                "dev.clew.json.Figure$Circle",
                "Figure$Circle",
                "circle",
                "Polygon",
                "Figure",
                "Point",
                "",
            })
    void discriminatorsOutsideThePermitsAreRefused(String name) {
        assertThatThrownBy(() -> codec.decode(
                        bytes("[{\"@type\":\"" + name + "\",\"radius\":1.0}]"), new TypeRef<List<Figure>>() {}))
                .isInstanceOf(CodecException.class)
                .hasMessageContaining("not among the permitted ones of dev.clew.json.Figure")
                .hasMessageEndingWith("at $[0]");
    }

    @Test
    void discriminatorOfAnotherPermittedClassIsRefused() {
        refuses("{\"@type\":\"Circle\",\"side\":1}", TypeRef.of(Figure.Polygon.Square.class));
        refuses("{\"@type\":\"Square\",\"side\":1}", TypeRef.of(Figure.Circle.class));
        refuses("{\"@type\":1,\"side\":1}", TypeRef.of(Figure.class));
        refuses("{\"@type\":null,\"side\":1}", TypeRef.of(Figure.class));
        refuses("{\"side\":1}", TypeRef.of(Figure.class));
        refuses("{}", TypeRef.of(Figure.class));
    }

    @Test
    void discriminatorMayComeLate() {
        assertThat(codec.decode(bytes("{\"radius\":0.1,\"x\":[1.10],\"@type\":\"Circle\"}"), TypeRef.of(Figure.class)))
                .isEqualTo(new Figure.Circle(0.1));
        assertThat(codec.decode(bytes("{\"size\":3,\"@type\":\"Blob\"}"), TypeRef.of(Figure.class)))
                .isEqualTo(new Figure.Blob("", 3));
    }

    @Test
    void annotationsThatNameClassesWriteNone() {
        AnnotatedBean bean = new AnnotatedBean();
        bean.anything = new Point(1, 2);

        assertThat(new String(codec.encode(bean, TypeRef.of(AnnotatedBean.class)), StandardCharsets.UTF_8))
                .isEqualTo("{\"anything\":{\"x\":1,\"y\":2},\"open\":null}");
        assertThat(new String(
                        codec.encode(new AnnotatedRecord(1), TypeRef.of(AnnotatedRecord.class)),
                        StandardCharsets.UTF_8))
                .isEqualTo("{\"x\":1}");
    }

    private void refuses(String payload, TypeRef<?> type) {
        assertThatThrownBy(() -> codec.decode(bytes(payload), type)).isInstanceOf(CodecException.class);
    }

    private static byte[] bytes(String json) {
        return json.getBytes(StandardCharsets.UTF_8);
    }
}
