package dev.clew.spring.shop;

/** What somebody ordered. */
public record Order(String id, int pieces) {}
