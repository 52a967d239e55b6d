import Testing
import ThrSyntax
