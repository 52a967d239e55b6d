import Testing
import ThresholdEngine
