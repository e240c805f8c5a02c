/** What is left to Jackson, which asks the shapes for every member: beans, and types of users' modules. */
@NullMarked
package dev.clew.json.jackson;

import org.jspecify.annotations.NullMarked;
