/** From a record with {@code @State} to its generated {@code …Update}: reads, judges and writes it. */
@NullMarked
package dev.clew.processor.state;

import org.jspecify.annotations.NullMarked;
