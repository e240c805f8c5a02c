/** What generated code uses, by itself. */
@org.jspecify.annotations.NullUnmarked
package dev.clew.spi;
