import Testing
import JSONText
