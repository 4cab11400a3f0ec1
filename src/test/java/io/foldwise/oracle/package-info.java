/**
 * What descent on rows gives, written out plainly from the semantics: every engine is held against
 * it. Of the code under test it takes the plan's types and no formula: even the order in which
 * minibatches come is written out here once more.
 */
package io.foldwise.oracle;
