/** A change of code under orders that wait: verified before it is deployed. */
package dev.clew.samples.deploy;
