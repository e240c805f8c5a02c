/** Tests of workflows that are beans, without the rest of an application. */
@NullMarked
package dev.clew.spring.test;

import org.jspecify.annotations.NullMarked;
