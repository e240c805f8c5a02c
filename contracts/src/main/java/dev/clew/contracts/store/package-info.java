/** The contract of every store of documents. */
@org.jspecify.annotations.NullUnmarked
package dev.clew.contracts.store;
