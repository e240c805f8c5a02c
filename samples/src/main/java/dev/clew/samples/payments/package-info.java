/** Money that must not leave twice. */
package dev.clew.samples.payments;
