/** Memory across threads: documents under namespaces, found by key, by filter and by meaning. */
@NullMarked
package dev.clew.store;

import org.jspecify.annotations.NullMarked;
