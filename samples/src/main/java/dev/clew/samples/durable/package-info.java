/** What survives: failures, nights, crashes, second thoughts. */
@NullMarked
package dev.clew.samples.durable;

import org.jspecify.annotations.NullMarked;
