/** What Clew costs, measured by JMH beside what the machine itself asks for the same work. */
@NullMarked
package dev.clew.benchmarks;

import org.jspecify.annotations.NullMarked;
