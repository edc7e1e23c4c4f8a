# A hundred kills at random moments, and forty power cuts: Tests/Pipeline/40-resume.sh in full.

export SG_KILLS=100
source "$PIPELINE/40-resume.sh"
