package dev.clew.store;

/** Where one document is. */
record Address(Namespace namespace, String key) {}
