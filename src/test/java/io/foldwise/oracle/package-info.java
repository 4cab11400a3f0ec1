/**
 * What descent on rows gives, written out plainly from the semantics: every engine is held against
 * it. Of the code under test it takes the plan's types and {@link io.foldwise.learn.EpochOrder}
 * (which minibatch comes when), and no formula.
 */
package io.foldwise.oracle;
