import Testing
import TableIO
