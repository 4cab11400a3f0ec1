/**
 * Stand-ins for what a browser cannot have: classes under the names of those that they replace,
 * with the methods that the page's engine calls. This package may import no other of ours.
 */
package io.foldwise.browser.standin;
