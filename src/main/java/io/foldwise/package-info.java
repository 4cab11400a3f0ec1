/**
 * The front door: {@link io.foldwise.Foldwise} takes a person's own rows, {@link
 * io.foldwise.Experiment} wires what lies below. The command line stands on the latter.
 */
package io.foldwise;
