/** What Spring Boot finds by itself; applications need nothing of it. */
@NullMarked
package dev.clew.spring.boot;

import org.jspecify.annotations.NullMarked;
