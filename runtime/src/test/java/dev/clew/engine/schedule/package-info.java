/** Tests of how schedules fire. */
@org.jspecify.annotations.NullUnmarked
package dev.clew.engine.schedule;
