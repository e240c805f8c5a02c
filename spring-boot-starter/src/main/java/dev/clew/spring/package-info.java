/** Clew in Spring Boot: what the starter configures, and what an application uses of it. */
@NullMarked
package dev.clew.spring;

import org.jspecify.annotations.NullMarked;
