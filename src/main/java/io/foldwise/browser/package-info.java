/**
 * The engines of the report and of the lecture: what their pages call, compiled with all that it
 * stands on to JavaScript by TeaVM when the jar is built. The descent, the folds and the choice are
 * those of {@code learn} and {@code search}, not a second implementation.
 *
 * <p>{@link io.foldwise.browser.Entrances} has the ways in. What a browser lacks stands in {@code
 * browser.standin} and is put in its place by {@link io.foldwise.browser.StandIns}. This package
 * may import {@code lecture} and what that may; no other imports it, and no jar holds it.
 */
package io.foldwise.browser;
