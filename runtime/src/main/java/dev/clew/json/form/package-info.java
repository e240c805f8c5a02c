/** The stored form of a type, and what every shape needs: limits, paths of failures, discriminators, schemas. */
@NullMarked
package dev.clew.json.form;

import org.jspecify.annotations.NullMarked;
