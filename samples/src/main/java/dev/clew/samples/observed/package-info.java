/** What an operator sees of runs. */
package dev.clew.samples.observed;
