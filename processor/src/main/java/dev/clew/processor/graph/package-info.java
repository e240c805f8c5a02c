/** From a class with {@code @StateGraph} to its generated graph: reads, judges and writes it. */
@NullMarked
package dev.clew.processor.graph;

import org.jspecify.annotations.NullMarked;
