/** Tests of schedules' ticks. */
@org.jspecify.annotations.NullUnmarked
package dev.clew.schedule;
