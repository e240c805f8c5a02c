/** What processes that are killed and stopped do, what they tell of it, and the verdict on it: the same for every store. */
@NullMarked
package dev.clew.contracts.torture;

import org.jspecify.annotations.NullMarked;
