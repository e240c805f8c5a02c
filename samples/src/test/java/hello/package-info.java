/** The program of the quick start. */
package hello;
