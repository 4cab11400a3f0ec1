package io.foldwise.spark.engine;

final class MomentsEngineRobustnessTest extends EngineRobustnessContract
    implements MomentsUnderTest {}
