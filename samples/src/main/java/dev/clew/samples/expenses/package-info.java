/** An expense report, from the receipts to the payment: the main sample. */
@NullMarked
package dev.clew.samples.expenses;

import org.jspecify.annotations.NullMarked;
