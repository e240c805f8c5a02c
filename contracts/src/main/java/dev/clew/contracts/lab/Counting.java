package dev.clew.contracts.lab;

import dev.clew.spi.WorkflowSpec;
import dev.clew.value.TypeRef;

/** A workflow that remembers: what its last run returned, with this run's input behind it. */
public final class Counting {
    private Counting() {}

    public static WorkflowSpec<String, String> spec() {
        TypeRef<String> text = TypeRef.of(String.class);
        return WorkflowSpec.of("Lab.count", text, text).previous(text).body(call -> {
            String before = call.previous();
            return (before == null ? "" : before) + call.<String>arg(0);
        });
    }
}
