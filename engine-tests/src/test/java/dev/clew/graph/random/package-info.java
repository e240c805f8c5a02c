/** Random graphs: what planner and fold do is compared with an interpreter that is short enough to be read. */
package dev.clew.graph.random;
