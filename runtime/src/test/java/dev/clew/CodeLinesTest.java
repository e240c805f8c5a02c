package dev.clew;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class CodeLinesTest {
    @Test
    void blanksAndCommentsAreNoCode() {
        String source = String.join(
                "\n",
                "/** Doc",
                " * of a type. */",
                "class A { // a comment behind code",
                "",
                "    // alone",
                "    /* within */ int x;",
                "}");

        assertThat(CodeLines.of(source).stream()).containsExactly(3, 6, 7);
    }

    @Test
    void whatIsQuotedIsCode() {
        String quotes = "\"\"\"";
        String source = String.join(
                "\n",
                "String a = \"/* \\\" */\";",
                "char b = '\"';",
                "String c = " + quotes,
                "// text",
                quotes + ";",
                "// end");

        assertThat(CodeLines.of(source).stream()).containsExactly(1, 2, 3, 4, 5);
    }
}
