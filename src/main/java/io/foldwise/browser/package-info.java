/**
 * The engine of the report: what the page calls, compiled with all that it stands on to JavaScript
 * by TeaVM when the jar is built. The descent, the folds and the choice are those of {@code learn}
 * and {@code search}, not a second implementation.
 *
 * <p>{@link io.foldwise.browser.PageEngine} is the way in. What a browser lacks stands in {@code
 * browser.standin} and is put in its place by {@link io.foldwise.browser.StandIns}. This package
 * may import {@code search.training}; no other imports it, and no jar holds it.
 */
package io.foldwise.browser;
